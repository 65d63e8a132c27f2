namespace Experiments.Client.Tests;

/// <summary>Pearson's chi-square test, for so many degrees of freedom that its statistic is as good as normal.</summary>
internal static class ChiSquare
{
    // One run in three million of a fair coin would be this far off. The inputs are fixed, so a test that passes goes on to pass.
    private const double MaxDeviations = 5;

    /// <summary>The counts come from one uniform distribution; also not more even than chance would make them.</summary>
    public static void AssertUniform(int[] counts)
    {
        double expected = counts.Average();
        AssertFits(counts.Sum(count => Square(count - expected) / expected), counts.Length - 1);
    }

    /// <summary>Row and column of the table do not depend on each other.</summary>
    public static void AssertIndependent(int[,] table)
    {
        int rows = table.GetLength(0);
        int columns = table.GetLength(1);
        double[] rowSums = new double[rows];
        double[] columnSums = new double[columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                rowSums[row] += table[row, column];
                columnSums[column] += table[row, column];
            }
        }

        double total = rowSums.Sum();
        double statistic = 0;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double expected = rowSums[row] * columnSums[column] / total;
                statistic += Square(table[row, column] - expected) / expected;
            }
        }

        AssertFits(statistic, (rows - 1) * (columns - 1));
    }

    private static void AssertFits(double statistic, int degreesOfFreedom)
    {
        double deviations = (statistic - degreesOfFreedom) / Math.Sqrt(2.0 * degreesOfFreedom);
        Assert.True(
            Math.Abs(deviations) < MaxDeviations,
            $"chi-square {statistic:0} with {degreesOfFreedom} degrees of freedom is {deviations:0.0} standard deviations off");
    }

    private static double Square(double value) => value * value;
}
