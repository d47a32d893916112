package dev.convergence.steps.generation.model;

/// All back ends of an installation.
public record Endpoints(Endpoint anthropic, Endpoint openai, Endpoint gemini, Endpoint ollama) {}
