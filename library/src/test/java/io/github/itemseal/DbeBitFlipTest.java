package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.MultiKeyring;
import io.github.itemseal.testing.BitFlips;
import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.DbeKeyrings;
import io.github.itemseal.testing.RandomItems;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Single bits, by sample, of ten random DBE items: an item for each kind of keyring, both suites
 * and both versions, with sets and nested values encrypted and readable. {@link BitFlipTest} flips
 * every bit of one item.
 */
class DbeBitFlipTest {
  private static final int FLIPS_OF_HEADER_AND_FOOTER = 120;
  private static final int FLIPS_OF_A_VALUE = 16;

  private static final Set<FailureReason> OF_A_HEADER =
      Set.of(
          FailureReason.NOT_AUTHENTIC,
          FailureReason.HEADER_MALFORMED,
          FailureReason.FOOTER_MALFORMED, // whose length depends on suite and data keys
          FailureReason.ENCRYPTED_ATTRIBUTE_NOT_BINARY, // the legend
          FailureReason.DATA_KEY_MALFORMED,
          FailureReason.KEY_NOT_CONFIGURED,
          FailureReason.MATERIAL_VERSION_NOT_FOUND);

  /** A set with a member given twice, and a number out of range, are told by themselves. */
  private static final Set<FailureReason> OF_A_READABLE_VALUE =
      Set.of(
          FailureReason.NOT_AUTHENTIC,
          FailureReason.VALUE_TYPE_INVALID,
          FailureReason.NUMBER_INVALID);

  /**
   * An item and who reads it.
   *
   * @param readers one for each data key of the item
   * @param actions its attributes'
   */
  record Target(
      String name,
      ItemEncryptor encryptor,
      List<ItemEncryptor> readers,
      AttributeActions actions,
      long seed,
      Random random) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Target> targets() {
    List<String> names = List.copyOf(DbeKeyrings.all().keySet());
    return names.stream().map(name -> target(name, names.indexOf(name)));
  }

  /** Of four targets in a row each has another suite and version. */
  private static Target target(String keyring, int number) {
    long seed = Long.getLong("itemseal.seed", System.nanoTime()) + number;
    AlgorithmSuite suite = AlgorithmSuite.fromId(0x6700 | number % 2).orElseThrow();
    boolean version2 = number / 2 % 2 == 1;
    Random random = new Random(seed);
    AttributeActions actions = AttributeActions.withDefault(CryptoAction.SIGN_ONLY);
    for (String name : item(seed).keySet()) {
      actions = actions.with(name, action(name, version2, random));
    }
    AttributeActions all = actions;
    List<Keyring> parts = DbeKeyrings.all().get(keyring);
    return new Target(
        "%s, %x, version %d".formatted(keyring, suite.id(), version2 ? 2 : 1),
        encryptor(MultiKeyring.of(parts.toArray(Keyring[]::new)), suite, all),
        parts.stream().map(part -> encryptor(part, suite, all)).toList(),
        all,
        seed,
        random);
  }

  private static ItemEncryptor encryptor(
      Keyring keyring, AlgorithmSuite suite, AttributeActions actions) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("Tést", TableIndex.of("pk", "sk")))
            .actions(actions)
            .writes(Dbe.using(keyring).algorithmSuite(suite))
            .build());
  }

  private static CryptoAction action(String name, boolean version2, Random random) {
    CryptoAction readable =
        version2 ? CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT : CryptoAction.SIGN_ONLY;
    return switch (name) {
      case "pk", "sk" -> readable;
      case "encrypted set", "encrypted map" -> CryptoAction.ENCRYPT_AND_SIGN;
      case "set", "map" -> CryptoAction.SIGN_ONLY;
      default ->
          List.of(CryptoAction.ENCRYPT_AND_SIGN, CryptoAction.SIGN_ONLY, readable)
              .get(random.nextInt(3));
    };
  }

  private static Map<String, AttributeValue> item(long seed) {
    return itemOf(new RandomItems(seed));
  }

  private static Map<String, AttributeValue> itemOf(RandomItems items) {
    Map<String, AttributeValue> item = new LinkedHashMap<>(items.item());
    AttributeValue set = AttributeValue.fromSs(List.of("x", "ü", "\uE000", "😀"));
    AttributeValue map =
        AttributeValue.fromM(
            Map.of(
                "list", AttributeValue.fromL(List.of(items.value(), items.value())),
                "set", AttributeValue.fromNs(List.of("1", "-2.5"))));
    item.put("encrypted set", set);
    item.put("encrypted map", map);
    item.put("set", set);
    item.put("map", map);
    return item;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void decryptItem_anyOfTheBitsSampled_isRefused(Target target) {
    Map<String, AttributeValue> plaintext = item(target.seed());
    Map<String, AttributeValue> stored = target.encryptor().encryptItem(plaintext);
    assertThat(CanonicalItems.of(target.encryptor().decryptItem(stored)))
        .isEqualTo(CanonicalItems.of(plaintext));
    Map<FailureReason, Integer> reasons = new TreeMap<>();
    int sameNumber = 0;
    for (String name : stored.keySet()) {
      boolean own = name.startsWith(Dbe.RESERVED_PREFIX);
      for (AttributeValue flipped :
          new BitFlips()
              .sample(
                  stored.get(name),
                  own ? FLIPS_OF_HEADER_AND_FOOTER : FLIPS_OF_A_VALUE,
                  target.random())) {
        if (CanonicalItems.of(flipped).equals(CanonicalItems.of(stored.get(name)))) {
          sameNumber++; // 1E5 and 1e5
          continue;
        }
        Map<String, AttributeValue> attacked = new LinkedHashMap<>(stored);
        attacked.put(name, flipped);
        ItemEncryptor reader =
            name.equals(Dbe.FOOTER_ATTRIBUTE)
                ? readerOfTheTag(target, stored.get(name), flipped)
                : target.encryptor();
        reasons.merge(refused(target, reader, name, attacked), 1, Integer::sum);
      }
    }
    System.out.printf(
        "DbeBitFlipTest %s, seed %d: %s, same number %d%n",
        target, target.seed(), reasons, sameNumber);
    assertThat(reasons.get(FailureReason.NOT_AUTHENTIC)).isGreaterThan(150);
  }

  /** A reader checks the tag of the data key it opens; a signature is everybody's. */
  private static ItemEncryptor readerOfTheTag(
      Target target, AttributeValue footer, AttributeValue flipped) {
    int tag = Arrays.mismatch(footer.b().asByteArray(), flipped.b().asByteArray()) / 48;
    return tag < target.readers().size() ? target.readers().get(tag) : target.encryptor();
  }

  private static FailureReason refused(
      Target target, ItemEncryptor reader, String name, Map<String, AttributeValue> attacked) {
    Set<FailureReason> allowed = Set.of(FailureReason.NOT_AUTHENTIC);
    if (name.equals(Dbe.HEADER_ATTRIBUTE)) {
      allowed = OF_A_HEADER;
    } else if (!name.equals(Dbe.FOOTER_ATTRIBUTE) && !target.actions().actionFor(name).encrypts()) {
      allowed = OF_A_READABLE_VALUE;
    }
    FailureReason[] reason = new FailureReason[1];
    assertThatThrownBy(() -> reader.decryptItem(attacked))
        .as("%s, seed %d: %s %s", target, target.seed(), name, attacked.get(name))
        .isInstanceOfSatisfying(ItemsealException.class, e -> reason[0] = e.reason());
    assertThat(reason[0])
        .as("%s, seed %d: %s %s", target, target.seed(), name, attacked.get(name))
        .isIn(allowed);
    return reason[0];
  }
}
