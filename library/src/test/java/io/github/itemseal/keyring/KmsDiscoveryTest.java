package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testkit.InMemoryKms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** Keyrings that read with whatever key the item names. */
class KmsDiscoveryTest {
  private final InMemoryKms here = InMemoryKms.inRegion("eu-test-1");
  private final InMemoryKms there = InMemoryKms.inRegion("us-test-1");
  private final String key = here.createKey();

  private static EncryptionMaterials write(InMemoryKms kms, String... keys) {
    EncryptionMaterials materials = Twins.toWrite();
    for (String key : keys) {
      materials =
          KmsKeyring.of(kms.client(), KmsKeyringSettings.forKey(key).build()).onEncrypt(materials);
    }
    return materials;
  }

  private static Twins twins(InMemoryKms kms, KmsKeyringSettings.Builder settings) {
    return new Twins(
        KmsKeyring.of(kms.client(), settings.build()),
        KmsKeyring.of(kms.asyncClient(), settings.build()));
  }

  private Twins regional(KmsKeyringSettings.Builder settings) {
    Map<String, InMemoryKms> regions = Map.of("eu-test-1", here, "us-test-1", there);
    return new Twins(
        KmsKeyring.ofRegions(region -> served(regions, region).client(), settings.build()),
        KmsKeyring.ofRegionsAsync(
            region -> served(regions, region).asyncClient(), settings.build()));
  }

  private static InMemoryKms served(Map<String, InMemoryKms> regions, Optional<String> region) {
    return Optional.ofNullable(regions.get(region.orElseThrow()))
        .orElseThrow(() -> new IllegalStateException("not served: " + region.orElseThrow()));
  }

  @Test
  void discovery_anyKey_isAskedForByTheArnInTheItem() {
    twins(here, KmsKeyringSettings.discovery()).assertRead(write(here, key));
    assertThat(here.calls())
        .filteredOn(call -> call.operation().equals("Decrypt"))
        .extracting(InMemoryKms.Call::keyId)
        .containsExactly(key, key);
  }

  @Test
  void discovery_toWrite_saysWhatToDo() {
    for (KmsKeyringSettings.Builder settings :
        List.of(
            KmsKeyringSettings.discovery(), KmsKeyringSettings.multiRegionDiscovery("eu-test-1"))) {
      twins(here, settings)
          .assertDoesNotWrite(
              Twins.toWrite(),
              MaterialsUnavailableException.class,
              "only reads: write the item with a keyring that names its key");
    }
    assertThat(here.calls()).isEmpty();
  }

  @Test
  void accounts_keysOfOthers_areNotAskedFor() {
    EncryptionMaterials written = write(here, key);
    twins(
            here,
            KmsKeyringSettings.discovery().accounts("aws", Set.of("111111111111", "000000000000")))
        .assertRead(written);
    int calls = here.calls().size();
    for (KmsKeyringSettings.Builder filtered :
        List.of(
            KmsKeyringSettings.discovery().accounts("aws", Set.of("111111111111")),
            KmsKeyringSettings.discovery().accounts("aws-cn", Set.of("000000000000")),
            KmsKeyringSettings.multiRegionDiscovery("eu-test-1")
                .accounts("aws", Set.of("111111111111")))) {
      twins(here, filtered)
          .assertRefuses(
              Twins.toRead(written),
              MaterialsUnavailableException.class,
              "for the KMS key 'discovery'");
    }
    assertThat(here.calls()).hasSize(calls);
  }

  @Test
  void discovery_clientsByRegion_asksWhereTheKeyIsAndGoesOnWhereNoneIsServed() {
    String abroad = there.createKey();
    InMemoryKms elsewhere = InMemoryKms.inRegion("ap-test-1");
    EncryptionMaterials first = write(elsewhere, elsewhere.createKey());
    EncryptionMaterials written =
        KmsKeyring.of(there.client(), KmsKeyringSettings.forKey(abroad).build()).onEncrypt(first);
    regional(KmsKeyringSettings.discovery()).assertRead(written);
    assertThat(there.calls()).hasSize(3);
    Twins reader = regional(KmsKeyringSettings.discovery());
    reader.assertRefuses(
        Twins.toRead(first), MaterialsUnavailableException.class, "AWS KMS did not serve");
    assertThatThrownBy(() -> reader.blocking().onDecrypt(Twins.toRead(first)))
        .hasRootCauseMessage("not served: ap-test-1");
  }

  @Test
  void discovery_oneClientAndAKeyOfAnotherRegion_keepsWhatKmsSays() {
    EncryptionMaterials written = write(there, there.createKey());
    Twins reader = twins(here, KmsKeyringSettings.discovery());
    reader.assertRefuses(
        Twins.toRead(written), MaterialsUnavailableException.class, "AWS KMS did not serve");
    assertThatThrownBy(() -> reader.blocking().onDecrypt(Twins.toRead(written)))
        .hasCauseInstanceOf(NotFoundException.class);
  }

  @Test
  void multiRegionDiscovery_primaryElsewhere_asksForTheReplicaHere() {
    String primary = there.createMultiRegionKey();
    String replica = there.replicate(primary, here);
    EncryptionMaterials written = write(there, primary);
    twins(here, KmsKeyringSettings.multiRegionDiscovery("eu-test-1")).assertRead(written);
    regional(KmsKeyringSettings.multiRegionDiscovery("eu-test-1")).assertRead(written);
    assertThat(here.calls()).extracting(InMemoryKms.Call::keyId).hasSize(4).containsOnly(replica);
    twins(here, KmsKeyringSettings.discovery())
        .assertRefuses(
            Twins.toRead(written), MaterialsUnavailableException.class, "AWS KMS did not serve");
  }

  @Test
  void multiRegionDiscovery_singleRegionKey_isReadInItsRegionOnly() {
    Twins reader = twins(here, KmsKeyringSettings.multiRegionDiscovery("eu-test-1"));
    reader.assertRead(write(here, key));
    reader.assertRefuses(
        Twins.toRead(write(there, there.createKey())),
        MaterialsUnavailableException.class,
        "No encrypted data key");
  }

  @Test
  void settings_impossible_throw() {
    assertThatThrownBy(() -> KmsKeyringSettings.forKey(key).accounts("aws", Set.of("000000000000")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Only a discovery keyring");
    for (Set<String> accounts : List.of(Set.<String>of(), Set.of("12"), Set.of("a00000000000"))) {
      assertThatThrownBy(() -> KmsKeyringSettings.discovery().accounts("aws", accounts))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("12 digits");
    }
    assertThatThrownBy(() -> KmsKeyringSettings.multiRegionDiscovery(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Region is empty");
  }
}
