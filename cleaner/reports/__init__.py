"""Run results -> reports for people and machines."""
