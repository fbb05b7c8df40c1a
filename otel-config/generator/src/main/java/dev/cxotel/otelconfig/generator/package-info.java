/**
 * Dashboards and alert rules for each backend, written from one model: {@code dashboards/boards.yaml} and {@code
 * alerts/alerts.yaml} say what is asked, a renderer per backend says it in the backend's language. Runs in the build only.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.otelconfig.generator;
