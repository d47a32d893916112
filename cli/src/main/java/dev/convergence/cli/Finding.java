package dev.convergence.cli;

/// What the doctor found of one thing, and how to mend it.
///
/// @param mend what to do; empty when nothing is to be done
record Finding(String check, State state, String found, String mend) {

    enum State {
        OK,
        WARN,
        FAIL,
        SKIPPED
    }

    static Finding ok(String check, String found) {
        return new Finding(check, State.OK, found, "");
    }

    static Finding warn(String check, String found, String mend) {
        return new Finding(check, State.WARN, found, mend);
    }

    static Finding fail(String check, String found, String mend) {
        return new Finding(check, State.FAIL, found, mend);
    }

    static Finding skipped(String check, String found, String mend) {
        return new Finding(check, State.SKIPPED, found, mend);
    }

    boolean isFailure() {
        return state == State.FAIL;
    }
}
