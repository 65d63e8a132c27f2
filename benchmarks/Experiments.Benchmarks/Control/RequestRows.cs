using System.Diagnostics;
using Experiments.Benchmarks.Bars;

namespace Experiments.Benchmarks.Control;

/// <summary>Measures requests one after the other, in alternation with what the bare database does with the same documents.</summary>
internal sealed class RequestRows
{
    private const int WarmUp = 3;

    private readonly List<ControlRow> _rows = [];

    /// <summary>In the order in which they were measured.</summary>
    public IReadOnlyList<ControlRow> Rows => _rows;

    public Task AddAsync(
        string id, string title, int rounds, Func<int, Task<byte[]>> work, Action? bare, double? medianAtMost, double? p99AtMost) =>
        AddAsync(id, title, rounds, i => Task.FromResult<Func<Task>>(() => work(i)), bare, medianAtMost, p99AtMost);

    /// <param name="id">Of the row.</param>
    /// <param name="title">Of the row.</param>
    /// <param name="rounds">In which the work and the database's alternate.</param>
    /// <param name="prepare">Makes the work that is measured.</param>
    /// <param name="bare">The database's; null where there is none.</param>
    /// <param name="medianAtMost">The bar.</param>
    /// <param name="p99AtMost">The bar.</param>
    public async Task AddAsync(
        string id, string title, int rounds, Func<int, Task<Func<Task>>> prepare, Action? bare, double? medianAtMost, double? p99AtMost)
    {
        List<double> ours = [];
        List<double> theirs = [];
        for (int i = -WarmUp; i < rounds; i++)
        {
            Func<Task> work = await prepare(i + WarmUp);
            long startedAt = Stopwatch.GetTimestamp();
            await work();
            double ms = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
            startedAt = Stopwatch.GetTimestamp();
            bare?.Invoke();
            double bareMs = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
            if (i >= 0)
            {
                ours.Add(ms);
                theirs.Add(bareMs);
            }
        }

        _rows.Add(new ControlRow(
            id, title, Quantiles.Median(ours), Quantiles.At(ours, 0.99),
            bare is null ? null : Quantiles.Median(theirs), bare is null ? null : Quantiles.At(theirs, 0.99), medianAtMost, p99AtMost));
        Console.WriteLine(_rows[^1]);
    }
}
