"""Other people's systems: orders, payments, warehouses, carriers, messages."""
