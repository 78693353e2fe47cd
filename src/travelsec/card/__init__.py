"""The card to carry apart from the devices: its content, and a module for each format."""
