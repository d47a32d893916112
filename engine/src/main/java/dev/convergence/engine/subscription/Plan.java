package dev.convergence.engine.subscription;

import java.math.BigDecimal;

/// What can be booked, cheapest first; the order decides what an upgrade is.
public enum Plan {
    STARTER(new Limits(6, 180, 1), 2, 3, "19.00"),
    PROFESSIONAL(new Limits(25, 750, 3), 6, 6, "69.00"),
    SCALE(new Limits(100, 3000, 10), 11, 10, "199.00");

    private final Limits limits;
    private final int teamMembersMax;
    private final int providersMax;
    private final BigDecimal monthlyPriceUsd;

    Plan(Limits limits, int teamMembersMax, int providersMax, String monthlyPriceUsd) {
        this.limits = limits;
        this.teamMembersMax = teamMembersMax;
        this.providersMax = providersMax;
        this.monthlyPriceUsd = new BigDecimal(monthlyPriceUsd);
    }

    public Limits limits() {
        return limits;
    }

    public int teamMembersMax() {
        return teamMembersMax;
    }

    public int providersMax() {
        return providersMax;
    }

    public BigDecimal monthlyPriceUsd() {
        return monthlyPriceUsd;
    }

    public boolean isHigherThan(Plan other) {
        return compareTo(other) > 0;
    }
}
