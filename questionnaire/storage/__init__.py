"""Storage: the tables and every query on the database. Law: only this folder knows the database.

Tables are rows without behaviour; what must always be true is a database constraint, not a convention. Every function
takes its caller's session, so that the caller decides what is one transaction. Times are UTC; ids and `now` are
arguments. Storage decides nothing: it reads, writes, and reports whether a row existed already.
"""

from sqlmodel import Session as Session
