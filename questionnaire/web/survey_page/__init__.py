"""A survey as HTML: for respondents and for the preview of authors."""
