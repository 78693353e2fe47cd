"""What all tests share."""

from hypothesis import settings

# A machine under load is slow for a moment; that is no fault of what is tested.
settings.register_profile("travelsec", deadline=None, max_examples=35)
settings.load_profile("travelsec")
