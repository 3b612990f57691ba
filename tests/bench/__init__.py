"""Measures the workstation and the centre against the floor of the same machine in the same run (`make bench`)."""
