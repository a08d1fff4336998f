"""Tables and their promises: pandera models, Great Expectations suites.

Three layers, each with its own grain. A table contract (:mod:`~cleaner.contracts.models`) says what every row
of a table promises, and recomputes what relations claim. A suite (``expectations/suites``, read strictly by
:mod:`~cleaner.contracts.suites`) is policy: which promises, how grave, how much is tolerated.
:mod:`~cleaner.contracts.run` examines a run by both. pandas, pandera and Great Expectations are imported
inside the functions that need them; importing this package costs none of them.
"""
