"""A graph at an address of this machine alone: the explorer, the questions that ship, and a SPARQL endpoint.

run.py        a socket, a server, one Ctrl-C
guard.py      what is let in at all
app.py        which address gives what
protocol.py   the SPARQL 1.1 Protocol: which question a request asks, which form of answer it takes
workers.py    processes that answer, and are ended when they take too long
worker.py     such a process
ask.py        the page with the questions that ship and the editor
"""
