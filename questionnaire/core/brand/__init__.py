"""The brand of the sender: colours, fonts and the theme that combines them."""
