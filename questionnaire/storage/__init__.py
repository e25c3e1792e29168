"""The law of this folder: it alone knows the database.

Tables are rows without behaviour; what must always hold is a constraint, not a habit. Every function takes the session
of its caller, so that whoever opened the transaction decides what belongs together. Moments are UTC; ids and `now`
come in as arguments. Nothing here decides: it finds, keeps, and says when something was there already.
"""

from sqlmodel import Session as Session
