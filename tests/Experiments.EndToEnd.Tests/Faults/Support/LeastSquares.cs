namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>The straight line that is nearest to points.</summary>
internal static class LeastSquares
{
    /// <returns>How much y grows for each unit of x; 0 where there are not two different x.</returns>
    public static double Slope(IReadOnlyCollection<(double X, double Y)> points)
    {
        if (points.Count == 0)
        {
            return 0;
        }

        double x = points.Average(static point => point.X);
        double y = points.Average(static point => point.Y);
        double spread = points.Sum(point => (point.X - x) * (point.X - x));
        return spread > 0 ? points.Sum(point => (point.X - x) * (point.Y - y)) / spread : 0;
    }
}
