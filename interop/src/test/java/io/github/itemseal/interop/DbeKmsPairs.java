package io.github.itemseal.interop;

import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.KmsKeyring;
import io.github.itemseal.keyring.KmsKeyringSettings;
import io.github.itemseal.keyring.MultiKeyring;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Keyrings over the symmetric keys of a KMS with two Regions, configured alike in the original and
 * here.
 *
 * @param here client of the first Region
 * @param there client of the second
 * @param hereRegion its name
 * @param thereRegion its name
 * @param key ARN of a key in the first
 * @param otherKey ARN of a key in the second
 */
record DbeKmsPairs(
    KmsClient here,
    KmsClient there,
    String hereRegion,
    String thereRegion,
    String key,
    String otherKey) {
  /** One key, two of them, and any. */
  List<KeyringPair> all() {
    Keyring strict = ours(here, KmsKeyringSettings.forKey(key));
    Keyring other = ours(there, KmsKeyringSettings.forKey(otherKey));
    var originalStrict = OriginalKmsKeyrings.strict(here, key);
    var originalMulti =
        OriginalKmsKeyrings.multi(Map.of(hereRegion, here, thereRegion, there), key, otherKey);
    var multi = MultiKeyring.of(strict, other);
    return List.of(
        KeyringPair.of("KMS, strict", originalStrict, strict),
        KeyringPair.of("KMS, multi of two Regions", originalMulti, multi),
        new KeyringPair(
            "KMS, multi of two Regions, read in the second",
            originalMulti,
            OriginalKmsKeyrings.strict(there, otherKey),
            multi,
            other),
        new KeyringPair(
            "KMS, read by discovery",
            originalStrict,
            OriginalKmsKeyrings.discovery(here),
            strict,
            ours(here, KmsKeyringSettings.discovery())));
  }

  /**
   * A multi-Region key, or another in the same keyrings, where it acts like any.
   *
   * @param primary its ARN in the first Region, which writes
   * @param reads client of the Region that reads
   * @param region its name
   * @param related ARN of the key there
   */
  List<KeyringPair> multiRegion(String primary, KmsClient reads, String region, String related) {
    var original = OriginalKmsKeyrings.multiRegion(here, primary);
    Keyring writer = ours(here, KmsKeyringSettings.forMultiRegionKey(primary));
    String name =
        related.equals(primary)
            ? "KMS, multi-Region keyring with an ordinary key"
            : "KMS, multi-Region key and its replica";
    return List.of(
        new KeyringPair(
            name,
            original,
            OriginalKmsKeyrings.multiRegion(reads, related),
            writer,
            ours(reads, KmsKeyringSettings.forMultiRegionKey(related))),
        new KeyringPair(
            name + ", read by discovery",
            original,
            OriginalKmsKeyrings.multiRegionDiscovery(reads, region),
            writer,
            ours(reads, KmsKeyringSettings.multiRegionDiscovery(region))));
  }

  private static Keyring ours(KmsClient client, KmsKeyringSettings.Builder settings) {
    return KmsKeyring.of(client, settings.build());
  }
}
