"""What the screen and the line mode share: the actions, what is typed, and what it brings."""
