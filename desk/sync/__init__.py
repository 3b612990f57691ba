"""Push and pull between the workstation and the centre, without Qt."""
