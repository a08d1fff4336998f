"""Tables and their promises: pandera models, Great Expectations suites. Imports pandas late."""
