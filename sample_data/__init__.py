"""Two fictional firms: a plan and the exports of its platforms, made by one seeded script."""
