package io.github.itemseal.cli.config;

import io.github.itemseal.Dbe;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.Keyring;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The field {@code dbe} of a table. */
record DbeConfig(
    ConfigNode node, Optional<ConfigNode> suitePlace, AlgorithmSuite suite, KeyringConfig keyring) {
  private static final String SUITE = "suite";
  private static final AlgorithmSuite UNSIGNED =
      AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384;
  private static final String UNSIGNED_HINT = "aws-kms-rsa writes the suite " + UNSIGNED;
  private static final String SUITES =
      Arrays.stream(AlgorithmSuite.values()).map(Enum::name).collect(Collectors.joining(", "));

  static DbeConfig from(ConfigNode node, NamedKeys keys) {
    ConfigNode.Fields fields = node.fields(SUITE, "keyring");
    Optional<ConfigNode> suitePlace = fields.optional(SUITE);
    return new DbeConfig(
        node,
        suitePlace,
        suitePlace
            .map(DbeConfig::suite)
            .orElse(
                AlgorithmSuite
                    .ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384),
        KeyringConfig.from(
            fields.required("keyring", "type: one of " + KeyringConfig.TYPES), keys));
  }

  private static AlgorithmSuite suite(ConfigNode place) {
    return place.choice(
        name ->
            Arrays.stream(AlgorithmSuite.values()).filter(s -> s.name().equals(name)).findFirst(),
        SUITES);
  }

  /** The format with its keys fetched. */
  Dbe build(NamedKeys keys, AwsClients clients, Purpose purpose) {
    if (purpose.encrypts()) {
      refuse(keyring.cannotWrite());
    }
    if (purpose.decrypts()) {
      refuse(keyring.cannotRead());
    }
    Keyring built = keyring.build(keys, clients);
    Dbe format = Dbe.using(built).maxDataKeys(KeyringConfig.MAX_DATA_KEYS);
    if (built.supports(suite)) {
      return format.algorithmSuite(suite);
    }
    if (purpose.encrypts()) {
      throw suitePlace
          .map(
              place ->
                  place.error("has a signature, which aws-kms-rsa does not write", UNSIGNED_HINT))
          .orElseGet(() -> node.missing(SUITE, UNSIGNED_HINT));
    }
    return format.algorithmSuite(UNSIGNED); // items of either suite are read
  }

  private static void refuse(Optional<ConfigException> reason) {
    if (reason.isPresent()) {
      throw reason.get();
    }
  }
}
