package io.github.itemseal.fips;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.BranchKey;
import io.github.itemseal.keyring.HierarchicalKeyring;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.KmsKeyring;
import io.github.itemseal.keyring.KmsKeyringSettings;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.keyring.RawEcdhKeyring;
import io.github.itemseal.keyring.RawRsaKeyring;
import io.github.itemseal.keyring.RsaKeyPadding;
import io.github.itemseal.keyring.StaticBranchKeys;
import io.github.itemseal.materials.KmsMaterialsProvider;
import io.github.itemseal.materials.KmsSettings;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Security;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * A process that writes an item with every source of keys that needs no AWS, and reads it and one
 * of another such process; with the JDK's providers, or with Bouncy Castle FIPS in approved-only
 * mode and nothing else. Prints a line for each source: what was done, or by which exception it
 * failed.
 */
final class FipsProcess {
  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "pk", AttributeValue.fromS("a"),
          "n", AttributeValue.fromN("1"),
          "secret", AttributeValue.fromS("b"));

  private final Path directory;
  private final boolean fips;

  private static final String ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd";

  /** AWS KMS is elsewhere, and none of this process's cryptography: one data key will do. */
  private static final class ConstantKms implements KmsClient {
    private static final SdkBytes DATA_KEY = SdkBytes.fromByteArray(TestKeys.aes(256).getEncoded());
    private static final SdkBytes BLOB = SdkBytes.fromUtf8String("wrapped");

    @Override
    public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
      return GenerateDataKeyResponse.builder()
          .keyId(ARN)
          .plaintext(DATA_KEY)
          .ciphertextBlob(BLOB)
          .build();
    }

    @Override
    public DecryptResponse decrypt(DecryptRequest request) {
      return DecryptResponse.builder().keyId(ARN).plaintext(DATA_KEY).build();
    }

    @Override
    public String serviceName() {
      return "kms";
    }

    @Override
    public void close() {}
  }

  private FipsProcess(Path directory, boolean fips) {
    this.directory = directory;
    this.fips = fips;
  }

  /**
   * Writes or reads the items of one side of the exchange.
   *
   * @param args {@code jdk} or {@code fips}, and the folder where keys and items are exchanged
   */
  public static void main(String[] args) throws Exception {
    boolean fips = args[0].equals("fips");
    if (fips) {
      System.setProperty("org.bouncycastle.fips.approved_only", "true");
      for (Provider provider : Security.getProviders()) {
        if (!provider.getName().equals("SUN")) { // key stores and the system's randomness
          Security.removeProvider(provider.getName());
        }
      }
      Class<?> provider =
          Class.forName("org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider");
      Security.insertProviderAt((Provider) provider.getConstructor().newInstance(), 1);
    }
    new FipsProcess(Path.of(args[1]), fips).run();
  }

  /** A way to get keys, for both directions. */
  private record Source(Callable<ItemFormat> writing, Callable<ItemFormat> reading) {
    Source(Callable<ItemFormat> both) {
      this(both, both);
    }
  }

  private void run() {
    for (Map.Entry<String, Source> source : sources().entrySet()) {
      String name = source.getKey();
      Path own = directory.resolve(name.replaceAll("\\W+", "-") + (fips ? ".fips" : ".jdk"));
      Path other = directory.resolve(name.replaceAll("\\W+", "-") + (fips ? ".jdk" : ".fips"));
      String written =
          attempt(
              () -> write(own, encryptor(source.getValue().writing().call()).encryptItem(ITEM)));
      String read =
          Files.exists(other)
              ? attempt(
                  () ->
                      requireItem(
                          encryptor(source.getValue().reading().call()).decryptItem(read(other))))
              : "nothing to read";
      System.out.println("| " + name + " | " + written + " | " + read + " |");
    }
  }

  private static String attempt(Callable<?> work) {
    try {
      Object unused = work.call();
      return "yes";
    } catch (Exception e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return "no: `" + cause.getClass().getSimpleName() + "`";
    }
  }

  private static ItemEncryptor encryptor(ItemFormat format) {
    AttributeActions actions = AttributeActions.encryptAndSign().with("n", CryptoAction.SIGN_ONLY);
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
            .actions(actions)
            .writes(format)
            .reads(format)
            .build());
  }

  private static Object requireItem(Map<String, AttributeValue> item) {
    if (!item.equals(ITEM)) {
      throw new IllegalStateException("another item");
    }
    return item;
  }

  private Map<String, Source> sources() {
    Map<String, Source> sources = new LinkedHashMap<>();
    sources.put(
        "DDBEC, static AES, HMAC", new Source(() -> staticKeys(SigningKeys.mac(TestKeys.hmac()))));
    sources.put(
        "DDBEC, static AES, RSA signature",
        new Source(() -> staticKeys(SigningKeys.keyPair(rsa()))));
    sources.put(
        "DDBEC, static AES, EC signature", new Source(() -> staticKeys(SigningKeys.keyPair(ec()))));
    sources.put(
        "DDBEC, wrapped by AES",
        new Source(
            () -> wrapped(WrappedMaterialsProvider.builder().wrappingKey(TestKeys.aes(256)))));
    sources.put(
        "DDBEC, wrapped by RSA",
        new Source(() -> wrapped(WrappedMaterialsProvider.builder().wrappingKeyPair(rsa()))));
    Keyring aes = RawAesKeyring.of("ns", "aes", TestKeys.aes(256));
    sources.put("DBE, raw AES", new Source(() -> unsigned(aes)));
    sources.put("DBE, raw AES, with EC signature", new Source(() -> Dbe.using(aes)));
    for (RsaKeyPadding padding : RsaKeyPadding.values()) {
      sources.put(
          "DBE, raw RSA " + padding,
          new Source(
              () -> unsigned(RawRsaKeyring.builder("ns", "rsa", padding).keyPair(rsa()).build())));
    }
    sources.put(
        "DBE, raw ECDH, static keys",
        new Source(() -> unsigned(RawEcdhKeyring.staticKeys(ec().getPrivate(), ec().getPublic()))));
    sources.put(
        "DBE, raw ECDH, ephemeral",
        new Source(
            () -> unsigned(RawEcdhKeyring.ephemeral(ec().getPublic())),
            () -> unsigned(RawEcdhKeyring.discovery(ec().getPrivate()))));
    KmsClient kms = new ConstantKms();
    sources.put(
        "DDBEC, AWS KMS",
        new Source(
            () -> Ddbec.using(KmsMaterialsProvider.of(kms, KmsSettings.forKey(ARN).build()))));
    sources.put(
        "DBE, AWS KMS",
        new Source(() -> unsigned(KmsKeyring.of(kms, KmsKeyringSettings.forKey(ARN).build()))));
    sources.put("DBE, branch keys", new Source(() -> unsigned(branchKeys())));
    return sources;
  }

  private static ItemFormat staticKeys(SigningKeys signingKeys) {
    return Ddbec.using(
        StaticMaterialsProvider.builder()
            .encryptionKey(TestKeys.aes(256))
            .signingKeys(signingKeys)
            .build());
  }

  private static ItemFormat wrapped(WrappedMaterialsProvider.Builder builder) {
    return Ddbec.using(builder.signingKeys(SigningKeys.mac(TestKeys.hmac())).build());
  }

  private static ItemFormat unsigned(Keyring keyring) {
    return Dbe.using(keyring)
        .algorithmSuite(AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384);
  }

  private static Keyring branchKeys() {
    BranchKey key = BranchKey.of("b", new UUID(1, 2), Map.of(), TestKeys.hmac().getEncoded());
    return HierarchicalKeyring.builder(StaticBranchKeys.of(key))
        .branchKeyId("b")
        .ttl(Duration.ofHours(1))
        .build();
  }

  // ---- Keys and items in the folder

  private KeyPair rsa() throws GeneralSecurityException, IOException {
    return pair("RSA", "rsa");
  }

  private KeyPair ec() throws GeneralSecurityException, IOException {
    return pair("EC", "ec");
  }

  private KeyPair pair(String algorithm, String name) throws GeneralSecurityException, IOException {
    Path publicKey = directory.resolve(name + ".public");
    Path privateKey = directory.resolve(name + ".private");
    if (!Files.exists(privateKey)) {
      KeyPair made = algorithm.equals("RSA") ? TestKeys.rsa() : TestKeys.ec("secp384r1");
      Files.write(publicKey, made.getPublic().getEncoded());
      Files.write(privateKey, made.getPrivate().getEncoded());
    }
    KeyFactory factory = KeyFactory.getInstance(algorithm);
    return new KeyPair(
        factory.generatePublic(new X509EncodedKeySpec(Files.readAllBytes(publicKey))),
        factory.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(privateKey))));
  }

  private static Object write(Path file, Map<String, AttributeValue> item) throws IOException {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(item)
        .forEach(
            (name, value) -> {
              lines.add(name);
              lines.add(
                  switch (value.type()) {
                    case S -> "S" + value.s();
                    case N -> "N" + value.n();
                    default -> "B" + Base64.getEncoder().encodeToString(value.b().asByteArray());
                  });
            });
    return Files.write(file, lines);
  }

  private static Map<String, AttributeValue> read(Path file) throws IOException {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i += 2) {
      String text = lines.get(i + 1).substring(1);
      item.put(
          lines.get(i),
          switch (lines.get(i + 1).charAt(0)) {
            case 'S' -> AttributeValue.fromS(text);
            case 'N' -> AttributeValue.fromN(text);
            default ->
                AttributeValue.fromB(SdkBytes.fromByteArray(Base64.getDecoder().decode(text)));
          });
    }
    return item;
  }
}
