package dev.convergence.steps.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.SharedData;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceCatalogTest {

    @ParameterizedTest
    @CsvSource({
        "aws, AmazonEC2, Compute, Virtual Machines",
        "aws, AmazonS3, Storage, Object Storage",
        "aws, AmazonBedrock, AI and Machine Learning, Generative AI",
        "azure, 'Virtual Machines|Microsoft.Compute|Compute', Compute, Virtual Machines",
        "azure, 'Azure Data Factory v2|MICROSOFT.DATAFACTORY|Compute', Analytics, Data Processing",
        "azure, 'Something|Microsoft.New|Networking', Networking, Other (Networking)",
        "gcp, BigQuery, Databases, Data Warehouses",
        "gcp, Cloud SQL, Databases, Relational Databases",
        "oci, OBJECTSTORE, Storage, Object Storage",
        "oci, TELEMETRY, Management and Governance, Observability",
        "aws, SomethingNew, Other, Other (Other)",
    })
    void a_service_has_its_place(
            String provider, String service, String category, String subcategory) {
        assertThat(ServiceCatalog.of(provider, service))
                .isEqualTo(new ServiceCatalog.Place(category, subcategory));
    }

    @Test
    void every_place_is_one_that_focus_knows() throws Exception {
        String model = Files.readString(SharedData.file("focus/focus_validator_model_1.2.json"));
        assertThat(ServiceCatalog.places())
                .allSatisfy(place ->
                        assertThat(model)
                                .contains('"' + place.category() + '"')
                                .contains('"' + place.subcategory() + '"'));
    }
}
