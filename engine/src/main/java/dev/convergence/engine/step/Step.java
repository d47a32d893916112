package dev.convergence.engine.step;

/// One kind of work that a pipeline template can name by its `ps_type`.
///
/// An implementation keeps no state between runs; what steps of one run share lives in the
/// [Workspace]. Work must stop soon after [StepContext#cancellation()] says so.
public interface Step {

    /// The `ps_type`, such as `source.extract`.
    String type();

    /// Does the work. A refusal that the user can mend is an
    /// [dev.convergence.engine.error.EngineException] or [StepOutcome.Failed]; anything else that
    /// is thrown ends the step FAILED, too.
    StepOutcome run(StepContext context) throws Exception;
}
