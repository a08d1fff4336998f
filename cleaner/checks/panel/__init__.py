"""Several reports of one place and several years -> one panel: 合刊.

What no single report can show: that a figure restated elsewhere is the same, that a level and its growth lead to
the level which the year before had printed, that a target was reached.
"""

from cleaner.checks.panel.build import Panel, build, with_panel
from cleaner.checks.panel.observe import Observation, member_id

__all__ = ["Observation", "Panel", "build", "member_id", "with_panel"]
