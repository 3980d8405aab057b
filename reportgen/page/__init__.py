"""The page to work in (工作台): a door like ``cli``, which serves the commands to a browser on this machine.

``serve`` opens the port and the browser and ends it all; ``guard`` lets nobody else in; ``uploads`` takes files
within limits, ``patience`` waits for nobody for ever; ``worker`` runs one command at a time; ``desk`` is the
working folders as the page sees them, ``root_desk`` the one that holds them all; ``app`` lists the addresses; ``…screens`` and ``…actions`` answer them, in
the words of ``said``; ``lan`` and ``departments`` are for those who hand in over the network.  No rule lives here: every button is
a command of ``commands``, every text about data is made by the rooms beneath.
"""
