package io.github.itemseal.cli.config;

import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.KmsKeyring;
import io.github.itemseal.keyring.KmsKeyringSettings;
import io.github.itemseal.keyring.MultiKeyring;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * {@code type: aws-kms-discovery}.
 *
 * @param regions of the keys; empty for any
 * @param accounts of the keys; empty for any
 */
record KmsDiscoveryKeyringConfig(
    ConfigNode typePlace,
    KmsAccess kms,
    List<Region> regions,
    String partition,
    Set<String> accounts)
    implements KeyringConfig {
  private static final String REGIONS = "regions";
  private static final String PARTITION = "partition";
  private static final String ACCOUNTS = "accounts";
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

  static KmsDiscoveryKeyringConfig from(ConfigNode node) {
    ConfigNode.Fields fields =
        node.fields(
            "type",
            REGIONS,
            PARTITION,
            ACCOUNTS,
            AwsEndpoint.REGION,
            AwsEndpoint.ENDPOINT,
            KmsAccess.GRANT_TOKENS);
    KmsAccess kms = KmsAccess.from(fields);
    Set<String> accounts = accounts(fields);
    if (accounts.isEmpty() && fields.optional(PARTITION).isPresent()) {
      throw node.missing(ACCOUNTS, "a partition goes with the accounts in it");
    }
    return new KmsDiscoveryKeyringConfig(
        fields.required("type"),
        kms,
        regions(fields, kms.endpoint()),
        fields.optional(PARTITION).map(ConfigNode::text).orElse("aws"),
        accounts);
  }

  /** A service in one Region serves keys of that Region only; a local server, whatever it has. */
  private static List<Region> regions(ConfigNode.Fields fields, AwsEndpoint endpoint) {
    Optional<ConfigNode> list = fields.optional(REGIONS);
    if (list.isEmpty()) {
      return endpoint.uri().isPresent() ? List.of() : endpoint.region().stream().toList();
    }
    if (endpoint.region().isPresent() && endpoint.uri().isEmpty()) {
      throw fields
          .required(AwsEndpoint.REGION)
          .error("is given beside 'regions'", "name all Regions in 'regions'");
    }
    Set<Region> regions = new LinkedHashSet<>();
    for (ConfigNode element : list.get().elements()) {
      if (!regions.add(AwsEndpoint.region(element))) {
        throw element.error("names a Region twice", "name each Region once");
      }
    }
    if (regions.isEmpty()) {
      throw list.get().error("is empty", "leave it out for keys of any Region");
    }
    return List.copyOf(regions);
  }

  private static Set<String> accounts(ConfigNode.Fields fields) {
    Optional<ConfigNode> list = fields.optional(ACCOUNTS);
    Set<String> accounts = new LinkedHashSet<>();
    for (ConfigNode element : list.map(ConfigNode::elements).orElse(List.of())) {
      if (!ACCOUNT.matcher(element.text()).matches()) {
        throw element.error("is not an account of AWS", "12 digits in quotes");
      }
      accounts.add(element.text());
    }
    if (list.isPresent() && accounts.isEmpty()) {
      throw list.get().error("is empty", "leave it out for keys of any account");
    }
    return accounts;
  }

  @Override
  public Optional<ConfigException> cannotWrite() {
    return Optional.of(
        typePlace.error(
            "aws-kms-discovery only decrypts",
            "encrypt with aws-kms, or another that names a key"));
  }

  @Override
  public Keyring build(NamedKeys keys, AwsClients clients) {
    if (regions.isEmpty()) {
      return KmsKeyring.ofRegions(
          region -> client(clients, region.map(KmsDiscoveryKeyringConfig::known)),
          settings(KmsKeyringSettings.discovery()));
    }
    List<Keyring> keyrings = new ArrayList<>();
    for (Region region : regions) {
      keyrings.add(
          KmsKeyring.ofRegions(
              unused -> client(clients, Optional.of(region)),
              settings(KmsKeyringSettings.multiRegionDiscovery(region.id()))));
    }
    return MultiKeyring.of(keyrings.toArray(Keyring[]::new));
  }

  private KmsKeyringSettings settings(KmsKeyringSettings.Builder builder) {
    builder.grantTokens(kms.tokens());
    return accounts.isEmpty() ? builder.build() : builder.accounts(partition, accounts).build();
  }

  /** The client for keys of a Region, signing for the Region of the endpoint if that has one. */
  private KmsClient client(AwsClients clients, Optional<Region> region) {
    AwsEndpoint endpoint = kms.endpoint();
    return clients.kms(
        endpoint.uri().isPresent() && endpoint.region().isPresent()
            ? endpoint
            : region.map(endpoint::withRegion).orElse(endpoint));
  }

  /** Items name Regions, and whoever writes to the table could name very many. */
  private static Region known(String name) {
    Region region = Region.of(name);
    if (!Region.regions().contains(region)) {
      throw new IllegalArgumentException("The Region is not known; name it in 'regions'.");
    }
    return region;
  }
}
