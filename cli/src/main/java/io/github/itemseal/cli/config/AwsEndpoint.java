package io.github.itemseal.cli.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;

/**
 * The fields {@code region} and {@code endpoint}: where a service of AWS is.
 *
 * @param path where they stand
 * @param region empty for that of the SDK's own chain
 * @param uri instead of the Region's own endpoint
 */
record AwsEndpoint(String path, Optional<Region> region, Optional<URI> uri) {
  static final String REGION = "region";
  static final String ENDPOINT = "endpoint";

  private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  static AwsEndpoint from(ConfigNode.Fields fields) {
    return new AwsEndpoint(
        fields.parent().path(),
        fields.optional(REGION).map(AwsEndpoint::region),
        fields.optional(ENDPOINT).map(AwsEndpoint::uri));
  }

  static Region region(ConfigNode node) {
    String name = node.text();
    if (!isRegionName(name)) {
      throw node.error("is not the name of a Region", "a name such as eu-west-1");
    }
    return Region.of(name);
  }

  static boolean isRegionName(String name) {
    return REGION_NAME.matcher(name).matches();
  }

  static URI uri(ConfigNode node) {
    URI uri;
    try {
      uri = new URI(node.text());
    } catch (URISyntaxException e) {
      throw notAnEndpoint(node); // the message would quote it
    }
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web
        || uri.getHost() == null
        || uri.getUserInfo() != null
        || uri.getQuery() != null
        || uri.getFragment() != null) {
      throw notAnEndpoint(node);
    }
    return uri;
  }

  private static ConfigException notAnEndpoint(ConfigNode node) {
    return node.error(
        "is not the URL of an endpoint", "a URL such as http://127.0.0.1:8000 or https://host");
  }

  AwsEndpoint withRegion(Region other) {
    return new AwsEndpoint(path, Optional.of(other), uri);
  }

  AwsEndpoint withUri(URI other) {
    return new AwsEndpoint(path, region, Optional.of(other));
  }

  /** Whether the endpoint is on this machine. */
  boolean isLoopback() {
    return uri.map(known -> LOOPBACK.matcher(known.getHost()).matches()).orElse(false);
  }

  /**
   * This endpoint, unless who listens on the way could read what is said.
   *
   * @param field where the URL stands
   * @param secrets what would be read
   */
  AwsEndpoint requireSecret(ConfigNode.Fields fields, String field, String secrets) {
    if (uri.isPresent() && "http".equals(uri.get().getScheme()) && !isLoopback()) {
      throw fields
          .required(field)
          .error(
              "would send %s over the network unencrypted".formatted(secrets),
              "use https; http is for this machine, such as http://127.0.0.1:4599");
    }
    return this;
  }

  ConfigException missingRegion() {
    return new ConfigException(
        path + "." + REGION,
        "is missing",
        "name the Region here, in AWS_REGION or in the AWS profile");
  }
}
