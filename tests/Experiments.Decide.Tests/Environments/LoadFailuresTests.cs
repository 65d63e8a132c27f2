using Experiments.Decide.Endpoints.Environments;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Decide.Tests.Environments;

public sealed class LoadFailuresTests
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly LoadFailures _failures;

    public LoadFailuresTests() => _failures = new LoadFailures(s_lifetime, _time);

    [Fact]
    public void Read_AfterItsTime_IsEmpty()
    {
        _failures.Add("prod", "why");
        Assert.Equal(new KeyValuePair<string, string>("prod", "why"), Assert.Single(_failures.Read()));
        _time.Advance(s_lifetime);
        Assert.Empty(_failures.Read());
    }

    [Fact]
    public void Add_MoreThanTheLimit_KeepsTheFirst()
    {
        _failures.Add("prod", "why");
        for (int i = 0; i < 2 * LoadFailures.MaxCount; i++)
        {
            _failures.Add($"made-up-{i}", "why");
        }

        _failures.Add("prod", "another");
        Assert.Equal(LoadFailures.MaxCount, _failures.Read().Length);
        Assert.Contains(new KeyValuePair<string, string>("prod", "another"), _failures.Read());
        _failures.Remove("prod");
        Assert.DoesNotContain(_failures.Read(), static failure => failure.Key == "prod");
    }
}
