package io.github.itemseal.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an application gets that depends on a library, as Maven resolves it; its own jar first. */
final class DependencyJars {
  private static final String SDK = dependency("software.amazon.awssdk", "dynamodb", "2.54.15");

  private DependencyJars() {}

  static List<Path> ofOurs(Path jar) throws Exception {
    List<Path> jars = new ArrayList<>();
    jars.add(jar);
    jars.addAll(
        resolve(
            SDK
                + dependency("software.amazon.awssdk", "kms", "2.54.15")
                + dependency("org.jspecify", "jspecify", "1.0.0")));
    return jars;
  }

  static List<Path> ofOriginalDdbec() throws Exception {
    return resolve(dependency("com.amazonaws", "aws-dynamodb-encryption-java", "2.0.3"));
  }

  /** With the SDK that the items of the benchmarks are made of. */
  static List<Path> ofOriginalDdbecAndSdk() throws Exception {
    return resolve(dependency("com.amazonaws", "aws-dynamodb-encryption-java", "2.0.3") + SDK);
  }

  static List<Path> ofOriginalDbe() throws Exception {
    return resolve(
        dependency(
            "software.amazon.cryptography", "aws-database-encryption-sdk-dynamodb", "3.9.0"));
  }

  private static String dependency(String group, String artifact, String version) {
    return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
        .formatted(group, artifact, version);
  }

  private static List<Path> resolve(String dependencies) throws Exception {
    Path folder = Files.createTempDirectory("weight");
    Path pom = folder.resolve("pom.xml");
    Path list = folder.resolve("jars");
    Files.writeString(
        pom,
        """
        <project><modelVersion>4.0.0</modelVersion><groupId>weight</groupId>\
        <artifactId>weight</artifactId><version>1</version><packaging>pom</packaging>\
        <dependencies>%s</dependencies></project>"""
            .formatted(dependencies),
        UTF_8);
    Process maven =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-q",
                "-f",
                pom.toString(),
                "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath",
                "-DincludeScope=runtime",
                "-Dmdep.outputFile=" + list)
            .inheritIO()
            .start();
    if (maven.waitFor() != 0) {
      throw new IllegalStateException("Maven could not resolve " + dependencies);
    }
    return Arrays.stream(Files.readString(list, UTF_8).trim().split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }
}
