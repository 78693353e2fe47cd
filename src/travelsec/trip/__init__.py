"""The pure core: the facts of a trip, the items that apply, and how ready the traveller is."""
