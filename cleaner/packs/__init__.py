"""Rule packs: YAML -> Rule."""
