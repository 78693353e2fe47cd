"""The card to carry apart from the devices: what it says, and one module for each format."""
