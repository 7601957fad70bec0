from organisation.views.guard import require_registers

__all__ = ["require_registers"]
