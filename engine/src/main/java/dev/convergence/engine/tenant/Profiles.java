package dev.convergence.engine.tenant;

import dev.convergence.engine.error.FieldFaults;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rules of a profile's fields.
final class Profiles {

    private static final Pattern NEW_ID = Pattern.compile("[a-zA-Z0-9_]{3,50}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s.]+(\\.[^@\\s.]+)+");
    private static final int EMAIL_LENGTH_MAX = 254;
    private static final int COMPANY_LENGTH_MIN = 2;
    private static final int COMPANY_LENGTH_MAX = 200;

    /// Words of the routes beside tenants' ids, and names that no database file may have.
    private static final Set<String> RESERVED =
            Set.of("onboard", "dryrun", "credentials", "pipelines", "main", "temp", "system");

    private Profiles() {}

    static boolean isNewId(String id) {
        return NEW_ID.matcher(id).matches() && !RESERVED.contains(id.toLowerCase(Locale.ROOT));
    }

    static String newId(@Nullable String id, FieldFaults faults) {
        if (id == null || id.isEmpty()) {
            faults.add("tenant_id", "REQUIRED", "is required.");
            return "";
        }
        if (!NEW_ID.matcher(id).matches()) {
            faults.add("tenant_id", "FORMAT", "has 3 to 50 letters, digits or underscores.");
        } else if (!isNewId(id)) {
            faults.add("tenant_id", "RESERVED", "is a reserved word; choose another.");
        }
        return id;
    }

    static String companyName(@Nullable String name, FieldFaults faults) {
        return name("company_name", name, faults);
    }

    /// @param field where the caller wrote it
    static String name(String field, @Nullable String name, FieldFaults faults) {
        return faults.text(field, name, COMPANY_LENGTH_MIN, COMPANY_LENGTH_MAX);
    }

    static boolean isEmail(@Nullable String email) {
        return email != null
                && email.length() <= EMAIL_LENGTH_MAX
                && FieldFaults.isPlain(email)
                && EMAIL.matcher(email).matches();
    }

    static String adminEmail(@Nullable String email, FieldFaults faults) {
        if (email == null || email.isBlank()) {
            faults.add("admin_email", "REQUIRED", "is required.");
            return "";
        }
        if (!isEmail(email.strip())) {
            faults.add("admin_email", "FORMAT", "is an e-mail address such as ops@example.com.");
        }
        return email.strip();
    }
}
