package dev.convergence.engine.schedule;

/// Which tenants' configs a batch takes. Two batches at once that take other tenants never wait for
/// each other's locks.
///
/// @param number 0 or 1, or -1 for all tenants
record Share(int number) {

    static final Share ALL = new Share(-1);

    /// How many batches a node has under way at once: one works in the database while the other is
    /// decided here.
    static final int COUNT = 2;

    boolean isAll() {
        return number < 0;
    }
}
