"""Pages of the exchange: a roster in the browser, at both desks; each person's own data."""

from __future__ import annotations

from lms.exchange.views.data import blueprint as my_data
from lms.exchange.views.importing import area_rosters, rosters

blueprints = [my_data, rosters, area_rosters]
