"""The law of this room: time asks, verbs answer. A job says which verb; what the verb does lies in actions/.

Jobs wait in a table of ours (storage/queue.py), written with what caused them. This room hands what is due to DBOS, in
one transaction with taking it out of the waiting room, and DBOS runs it, again if its worker is killed. A job is done
at least once: every effect outside has a name that makes a second one harmless.
"""
