"""The domain of Payoff: plans, exports, facts, results. Imports no user interface."""
