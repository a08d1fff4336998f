"""kanwu.toml, or [tool.kanwu] in pyproject.toml: found, read strictly, laid under the command line."""
