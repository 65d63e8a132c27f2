using System.Globalization;

namespace Experiments.Dashboard.Models;

/// <summary>A ramp as lines of a chart that is 600 wide and 80 high, with the present time in it.</summary>
internal sealed class RampDrawing
{
    public const int Width = 600;
    public const int Height = 80;

    // Room at both ends, so that what is before the first step and after the last one is seen.
    private const double Left = 60;
    private const double Right = 540;

    private readonly RampPoint[] _steps;
    private readonly decimal _first;
    private readonly DateTimeOffset _now;
    private readonly DateTimeOffset _start;
    private readonly double _minutes;

    /// <param name="first">The share before the first step.</param>
    /// <param name="steps">At least one, ascending.</param>
    /// <param name="now">The present time.</param>
    public RampDrawing(decimal first, IReadOnlyList<RampPoint> steps, DateTimeOffset now)
    {
        _steps = [.. steps];
        _first = first;
        _now = now;

        // The present is shown beside steps that are far away, not in proportion: else they would be one line.
        TimeSpan span = _steps[^1].At - _steps[0].At;
        TimeSpan most = span > TimeSpan.Zero ? span / 2 : TimeSpan.MaxValue;
        DateTimeOffset shown = now < _steps[0].At && _steps[0].At - now > most ? _steps[0].At - most
            : now > _steps[^1].At && now - _steps[^1].At > most ? _steps[^1].At + most
            : now;
        _start = shown < _steps[0].At ? shown : _steps[0].At;
        DateTimeOffset end = shown > _steps[^1].At ? shown : _steps[^1].At;
        _minutes = Math.Max(1, (end - _start).TotalMinutes);
        Now = X(shown);
    }

    /// <summary>Where the present is.</summary>
    public double Now { get; }

    /// <summary>Of all time.</summary>
    public string Line
    {
        get
        {
            string path = FormattableString.Invariant($"M0 {Y(_first):0.#}");
            foreach (RampPoint step in _steps)
            {
                path += FormattableString.Invariant($" H{X(step.At):0.#} V{Y(step.Share):0.#}");
            }

            return path + FormattableString.Invariant($" H{Width}");
        }
    }

    /// <summary>Under the line.</summary>
    public string Area => FormattableString.Invariant($"{Line} V{Height} H0 Z");

    /// <summary>The share that is in now.</summary>
    public decimal Present => _steps.LastOrDefault(step => step.At <= _now)?.Share ?? _first;

    /// <summary>What the chart says, for those who do not see it.</summary>
    public string Reading => $"{Shares.Text(_first)} at first, " + string.Join(", ", _steps.Select(step =>
        $"{Shares.Text(step.Share)} {(step.At <= _now ? "since" : "from")} {At(step.At)} UTC{(step.At <= _now ? " (past)" : "")}")) + $". Now {Shares.Text(Present)}.";

    /// <summary>The steps, for labels under the chart.</summary>
    public IEnumerable<(double X, string Share, string At, bool IsPast)> Marks =>
        _steps.Select(step => (X(step.At), Shares.Text(step.Share), At(step.At), step.At <= _now));

    private double X(DateTimeOffset at) => Left + ((at - _start).TotalMinutes / _minutes * (Right - Left));

    private static double Y(decimal share) => Height - (Height * (double)share);

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
}
