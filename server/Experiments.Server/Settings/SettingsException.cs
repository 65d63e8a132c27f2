namespace Experiments.Server.Settings;

/// <summary>The configuration is wrong; the message lists every problem: the key, its value, and what is allowed.</summary>
internal sealed class SettingsException(IEnumerable<string> problems)
    : Exception($"the configuration is wrong{string.Concat(problems.Select(static problem => $"\n  - {problem}"))}");
