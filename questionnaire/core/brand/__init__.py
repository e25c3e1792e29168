"""The brand of the sender: colours, fonts and the theme made of them."""
