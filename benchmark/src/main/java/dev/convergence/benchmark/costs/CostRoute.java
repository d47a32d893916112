package dev.convergence.benchmark.costs;

/// What is asked.
enum CostRoute {
    SUMMARY("costs/summary"),
    SUMMARY_OF_A_MONTH("costs/summary?start_date=2026-03-01&end_date=2026-03-31"),
    TREND_BY_DAY("costs/trend?limit=200"),
    TREND_BY_MONTH("costs/trend?granularity=month"),
    BY_PROVIDER("costs/by/provider"),
    BY_SERVICE("costs/by/service"),
    BY_SUB_ACCOUNT("costs/by/sub_account"),
    BY_REGION("costs/by/region"),
    BY_TAG("costs/by/tag?tag_key=team"),
    BY_TAG_OF_A_MONTH("costs/by/tag?tag_key=app&start_date=2026-03-01&end_date=2026-03-31"),
    FORECAST("costs/forecast"),
    FINDINGS("findings?limit=200"),
    FINDINGS_FILTERED("findings?severity=CRITICAL&state=OPEN"),
    QUALITY_BY_RUN("data-quality"),
    QUALITY_BY_RULE("data-quality?by=rule");

    final String path;

    CostRoute(String path) {
        this.path = path;
    }
}
