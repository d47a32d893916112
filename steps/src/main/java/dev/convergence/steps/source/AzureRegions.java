package dev.convergence.steps.source;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Azure's regions by the spellings that its exports have: `CentralUS`, `US Central`, `centralus`.
public final class AzureRegions {

    private static final Map<String, String> NAMES =
            names(
                    """
                    eastus=East US|eastus2=East US 2|southcentralus=South Central US|westus=West US
                    westus2=West US 2|westus3=West US 3|centralus=Central US|northcentralus=North Central US
                    westcentralus=West Central US|canadacentral=Canada Central|canadaeast=Canada East
                    brazilsouth=Brazil South|brazilsoutheast=Brazil Southeast|mexicocentral=Mexico Central
                    northeurope=North Europe|westeurope=West Europe|uksouth=UK South|ukwest=UK West
                    francecentral=France Central|francesouth=France South|germanywestcentral=Germany West Central
                    germanynorth=Germany North|switzerlandnorth=Switzerland North|switzerlandwest=Switzerland West
                    norwayeast=Norway East|norwaywest=Norway West|swedencentral=Sweden Central
                    polandcentral=Poland Central|italynorth=Italy North|spaincentral=Spain Central
                    eastasia=East Asia|southeastasia=Southeast Asia|japaneast=Japan East|japanwest=Japan West
                    koreacentral=Korea Central|koreasouth=Korea South|centralindia=Central India
                    southindia=South India|westindia=West India|australiaeast=Australia East
                    australiasoutheast=Australia Southeast|australiacentral=Australia Central
                    uaenorth=UAE North|uaecentral=UAE Central|qatarcentral=Qatar Central
                    israelcentral=Israel Central|southafricanorth=South Africa North
                    southafricawest=South Africa West|global=Global
                    """);

    /// The region's id by other spellings of it, letters and digits only.
    private static final Map<String, String> OLDER =
            names(
                    """
                    useast=eastus|useast2=eastus2|uswest=westus|uswest2=westus2|uscentral=centralus
                    ussouthcentral=southcentralus|usnorthcentral=northcentralus|uswestcentral=westcentralus
                    eunorth=northeurope|euwest=westeurope|apeast=eastasia|apsoutheast=southeastasia
                    jaeast=japaneast|jawest=japanwest|cacentral=canadacentral|caeast=canadaeast
                    brsouth=brazilsouth|aueast=australiaeast|ausoutheast=australiasoutheast
                    incentral=centralindia|insouth=southindia|inwest=westindia|krcentral=koreacentral
                    krsouth=koreasouth|frcentral=francecentral|frsouth=francesouth
                    """);

    private AzureRegions() {}

    private static Map<String, String> names(String table) {
        Map<String, String> names = new HashMap<>();
        for (String pair : table.strip().split("[|\\n]")) {
            String[] sides = pair.strip().split("=", 2);
            names.put(sides[0], sides[1]);
        }
        return Map.copyOf(names);
    }

    /// A region's id and name.
    ///
    /// @param written the location as a line has it
    public static List<@Nullable String> read(List<@Nullable String> written) {
        String location = written.getFirst();
        if (location == null) {
            return Arrays.asList(null, null);
        }
        String plain = location.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String id = OLDER.getOrDefault(plain, plain);
        return Arrays.asList(id, NAMES.getOrDefault(id, location));
    }
}
