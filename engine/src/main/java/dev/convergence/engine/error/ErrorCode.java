package dev.convergence.engine.error;

/// Every refusal that leaves the engine; the words are part of the public interface.
public enum ErrorCode {
    INVALID_REQUEST(ErrorCategory.VALIDATION),
    INVALID_PARAMETER(ErrorCategory.VALIDATION),
    INVALID_FIELD(ErrorCategory.VALIDATION),
    INVALID_TENANT_ID(ErrorCategory.VALIDATION),
    INVALID_CRON(ErrorCategory.VALIDATION),
    INVALID_TIMEZONE(ErrorCategory.VALIDATION),
    INVALID_DATE_FORMAT(ErrorCategory.VALIDATION),
    INVALID_TRIGGER_BY(ErrorCategory.VALIDATION),
    INVALID_TEMPLATE(ErrorCategory.VALIDATION),
    INVALID_QUERY(ErrorCategory.VALIDATION),
    INVALID_CREDENTIALS(ErrorCategory.VALIDATION),
    INTEGRATION_NOT_CONFIGURED(ErrorCategory.VALIDATION),
    UNAUTHORIZED(ErrorCategory.AUTHENTICATION),
    INVALID_API_KEY(ErrorCategory.AUTHENTICATION),
    API_KEY_EXPIRED(ErrorCategory.AUTHENTICATION),
    SUBSCRIPTION_EXPIRED(ErrorCategory.AUTHORIZATION),
    FORBIDDEN(ErrorCategory.AUTHORIZATION),
    INSUFFICIENT_SCOPE(ErrorCategory.AUTHORIZATION),
    SUBSCRIPTION_INACTIVE(ErrorCategory.AUTHORIZATION),
    CUSTOMER_SUSPENDED(ErrorCategory.AUTHORIZATION),
    PROVIDER_LIMIT_EXCEEDED(ErrorCategory.AUTHORIZATION),
    RESOURCE_NOT_FOUND(ErrorCategory.NOT_FOUND),
    PIPELINE_NOT_FOUND(ErrorCategory.NOT_FOUND),
    DUPLICATE_TENANT_ID(ErrorCategory.CONFLICT),
    CONFLICT(ErrorCategory.CONFLICT),
    DAILY_QUOTA_EXCEEDED(ErrorCategory.QUOTA),
    MONTHLY_QUOTA_EXCEEDED(ErrorCategory.QUOTA),
    CONCURRENT_LIMIT_EXCEEDED(ErrorCategory.QUOTA),
    RATE_LIMIT_EXCEEDED(ErrorCategory.QUOTA),
    EXTERNAL_API_ERROR(ErrorCategory.EXTERNAL),
    SERVICE_UNAVAILABLE(ErrorCategory.TRANSIENT),
    QUERY_TIMEOUT(ErrorCategory.TRANSIENT),
    EXECUTION_TIMEOUT(ErrorCategory.TRANSIENT),
    INTERNAL_ERROR(ErrorCategory.INTERNAL);

    private final ErrorCategory category;

    ErrorCode(ErrorCategory category) {
        this.category = category;
    }

    public ErrorCategory category() {
        return category;
    }
}
