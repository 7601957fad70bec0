from engagements.merging import carry_out_mergers
from stockholm_intl.kit import clock
from stockholm_intl.kit.jobs import recorded_task


@recorded_task(name="engagements.carry_out_mergers")
def follow_successors() -> None:
    carry_out_mergers(at=clock.now())
