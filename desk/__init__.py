"""Order Desk: a workstation for people who rescue orders, and its central service."""
