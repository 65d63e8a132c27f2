namespace Experiments.Client.Tests.Faults;

/// <summary>What a <see cref="FaultProxy"/> does with requests.</summary>
/// <param name="name">Names the test case and the row of the table.</param>
/// <param name="what">For the table: what is injected.</param>
/// <param name="answer">Answers one request, or does not.</param>
internal sealed class ProxyFault(string name, string what, Func<ProxyExchange, Task> answer)
{
    public string Name => name;

    public string What => what;

    /// <summary>False: connections are refused, and those that exist are reset.</summary>
    public bool Listens { get; init; } = true;

    public Task AnswerAsync(ProxyExchange exchange) => answer(exchange);

    /// <summary>The same for requests whose target contains this; others pass.</summary>
    public ProxyFault On(string target, string suffix) => new(
        $"{name} {suffix}",
        $"{what} ({suffix})",
        exchange => exchange.Target.Contains(target, StringComparison.Ordinal) ? answer(exchange) : exchange.PassAsync());
}
