package io.github.itemseal.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A configuration of one table {@code T} of DBE items, and runs of the command with it. */
final class DbeTable {
  static final String SUITE_WITHOUT_SIGNATURE =
      "ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384";

  private final Path file;
  private final Map<String, String> keys = new LinkedHashMap<>();
  private String fields = "partitionKey: pk, writes: dbe";
  private String suite = "";

  DbeTable(Path directory) {
    this.file = directory.resolve("dbe.yaml");
  }

  /** Names a key: an AES key of so many zero bytes. */
  DbeTable aesKey(String name, int bytes) {
    return key(name, "algorithm: AES", new byte[bytes]);
  }

  /** Names a key: an HmacSHA256 key of 32 zero bytes. */
  DbeTable mac(String name) {
    return key(name, "algorithm: HmacSHA256", new byte[32]);
  }

  /** Names a key: an RSA or EC key. */
  DbeTable key(String name, String type, Key key) {
    return key(
        name,
        "algorithm: " + key.getAlgorithm() + ", type: " + type + ", encoding: DER",
        key.getEncoded());
  }

  private DbeTable key(String name, String description, byte[] bytes) {
    keys.put(
        name,
        "{%s, material: {base64: \"%s\"}}"
            .formatted(description, Base64.getEncoder().encodeToString(bytes)));
    return this;
  }

  /** The fields of the table before {@code dbe}. */
  DbeTable fields(String fields) {
    this.fields = fields;
    return this;
  }

  DbeTable suite(String suite) {
    this.suite = "suite: " + suite + ", ";
    return this;
  }

  /** Runs a command with a keyring and more options. */
  CommandRun run(String keyring, String command, String input, String... options) {
    String yaml =
        "keys: {%s}%ntables: {T: {%s, dbe: {%skeyring: {%s}}}}%n"
            .formatted(
                String.join(
                    ", ",
                    keys.entrySet().stream().map(k -> k.getKey() + ": " + k.getValue()).toList()),
                fields,
                suite,
                keyring);
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> args =
        new ArrayList<>(List.of(command, "--config", file.toString(), "--table", "T"));
    args.addAll(List.of(options));
    return CommandRun.of(input, args.toArray(String[]::new));
  }
}
