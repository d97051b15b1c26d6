"""The screen in a browser: a server that starts the program once for every visitor."""
