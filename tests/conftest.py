"""What all tests share: the same examples on every machine; `--hypothesis-profile=default` looks for new ones."""

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")
